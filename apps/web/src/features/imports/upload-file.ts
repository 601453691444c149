import type { Id, OrganizationId } from '@mini-crm/domain';

export interface UploadedFile {
  readonly uploadId: Id<'upload'>;
  readonly name: string;
  readonly size: number;
}

/** A refused upload, in the shape that `readError` reads. */
class UploadError extends Error {
  readonly data: { readonly error: unknown; readonly requestId: unknown };
  constructor(body: { error?: unknown; requestId?: unknown } | null) {
    super('upload failed');
    this.data = { error: body?.error ?? null, requestId: body?.requestId ?? null };
  }
}

/** A refusal that the browser already knows, so that nothing needs to be sent. */
export const tooLarge = (limit: number) => new UploadError({ error: { code: 'upload_too_large', details: { limit } } });

/** Sends a file as it is, streamed from disk; `XMLHttpRequest` because fetch does not say how much it has sent. */
export function uploadFile(
  orgId: OrganizationId,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<UploadedFile> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', `/api/o/${orgId}/uploads?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader('content-type', 'text/csv');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onload = () =>
      request.status === 200 ? resolve(request.response as UploadedFile) : reject(new UploadError(request.response));
    request.onerror = () => reject(new TypeError('fetch failed'));
    request.onabort = () => reject(new DOMException('The upload was stopped.', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
