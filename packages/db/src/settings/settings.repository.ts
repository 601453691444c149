import { randomBytes } from 'node:crypto';
import type { Models } from '../models.ts';

/** Settings of the whole installation. */
export function settingsRepository(models: Models) {
  return {
    /** The installation's secret, drawn on the first call ever; all processes get the same one. */
    async secret(): Promise<string> {
      const found = await models.settings.collection.findOneAndUpdate(
        { _id: 'secret' },
        { $setOnInsert: { value: randomBytes(32).toString('base64url'), createdAt: new Date() } },
        { upsert: true, returnDocument: 'after' },
      );
      if (!found) throw new Error('the secret was neither found nor made');
      return found.value;
    },
  };
}

export type SettingsRepository = ReturnType<typeof settingsRepository>;
