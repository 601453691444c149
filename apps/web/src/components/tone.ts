/** What a colour may mean. Colour never stands alone: a word goes with it. */
export type Tone = 'neutral' | 'accent' | 'success' | 'warning' | 'danger';

/** The CSS colour of a tone, AA as text on the app's surfaces in both schemes. */
export const toneColor: Record<Tone, string> = {
  neutral: 'var(--crm-neutral)',
  accent: 'var(--crm-accent)',
  success: 'var(--crm-success)',
  warning: 'var(--crm-warning)',
  danger: 'var(--crm-danger)',
};
