import { Anchor, type AnchorProps, Button, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import { type ComponentProps, forwardRef } from 'react';

type NativeAnchor = Omit<ComponentProps<'a'>, 'color' | 'style' | 'ref'>;

const ButtonAnchor = forwardRef<HTMLAnchorElement, ButtonProps & NativeAnchor>((props, ref) => (
  <Button component="a" ref={ref} {...props} />
));

const TextAnchor = forwardRef<HTMLAnchorElement, AnchorProps & NativeAnchor>((props, ref) => (
  <Anchor ref={ref} {...props} />
));

/** A button that goes somewhere: `<LinkButton to="/o/$org/customers" params={{ org }}>`. */
export const LinkButton = createLink(ButtonAnchor);

/** A link in text, typed by the routes and prefetching on hover. */
export const TextLink = createLink(TextAnchor);
