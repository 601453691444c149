import { Schema } from 'mongoose';

/** A setting of the whole installation that it made for itself, for example the secret that signs links. Belongs to no organization. */
export interface SettingDocument {
  _id: string;
  value: string;
  createdAt: Date;
}

export const settingSchema = new Schema<SettingDocument>(
  {
    _id: { type: String, required: true },
    value: { type: String, required: true },
    createdAt: { type: Date, required: true },
  },
  { collection: 'settings', versionKey: false },
);
