import { z } from 'zod';
import { frequencyCapSchema } from '../delivery/frequency-cap.ts';
import { quietHoursSchema } from '../delivery/quiet-hours.ts';

/** What an organization asks of all its marketing; null is no rule. */
export const sendingSettingsSchema = z.strictObject({
  frequencyCap: frequencyCapSchema.nullable(),
  quietHours: quietHoursSchema.nullable(),
});
export type SendingSettings = z.infer<typeof sendingSettingsSchema>;

/** What holds for an organization that has set nothing. */
export const noSendingSettings: SendingSettings = { frequencyCap: null, quietHours: null };
