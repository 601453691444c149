import { Drawer } from '@mantine/core';
import type { ReactNode } from 'react';

interface SidePanelProps {
  readonly title: string;
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly size?: number;
}

/** A panel from the right for one thing at a time: an edit, a detail. Escape closes it; focus returns to where it was. */
export function SidePanel({ title, opened, onClose, children, size = 480 }: SidePanelProps) {
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      size={`min(${size}px, 100vw)`}
      padding="lg"
      title={title}
      styles={{ title: { fontWeight: 600, fontSize: '1.0625rem' } }}
    >
      {children}
    </Drawer>
  );
}
