import type { Id, OrganizationId } from '@mini-crm/domain';
import { sendFile, UploadError } from '../../components/send-file.ts';

export interface UploadedFile {
  readonly uploadId: Id<'upload'>;
  readonly name: string;
  readonly size: number;
}

/** A refusal that the browser already knows, so that nothing needs to be sent. */
export const tooLarge = (limit: number) => new UploadError({ error: { code: 'upload_too_large', details: { limit } } });

/** Sends a file to be imported. */
export function uploadFile(
  orgId: OrganizationId,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<UploadedFile> {
  return sendFile(`/api/o/${orgId}/uploads?name=${encodeURIComponent(file.name)}`, file, { onProgress, signal });
}
