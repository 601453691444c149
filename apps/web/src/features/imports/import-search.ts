import { csvDelimiters, idSchema } from '@mini-crm/domain';
import { z } from 'zod';

export const importSteps = ['file', 'columns', 'options', 'check'] as const;
export type ImportStep = (typeof importSteps)[number];

/** What the address of the wizard says: the uploaded file, the step, and a delimiter that was chosen by hand. */
export const importSearchSchema = z.object({
  upload: idSchema('upload').optional().catch(undefined),
  step: z.enum(importSteps).optional().catch(undefined),
  delimiter: z.enum(csvDelimiters).optional().catch(undefined),
});
export type ImportSearch = z.infer<typeof importSearchSchema>;
