import { Button, type ButtonProps, Tooltip } from '@mantine/core';
import type { ComponentProps } from 'react';

interface ActionButtonProps extends ButtonProps, Omit<ComponentProps<'button'>, keyof ButtonProps | 'ref'> {
  /** Why it can't be done now ("Only owners and admins can invite"). With a reason the button is off and says it. */
  readonly reason?: string | null | undefined;
}

/** A button that, when it is off, says why on hover and focus (it stays focusable, so that a keyboard finds the reason). */
export function ActionButton({ reason, onClick, ...button }: ActionButtonProps) {
  if (!reason) return <Button onClick={onClick} {...button} />;
  return (
    <Tooltip label={reason}>
      <Button {...button} type="button" data-disabled aria-disabled onClick={(event) => event.preventDefault()} />
    </Tooltip>
  );
}
