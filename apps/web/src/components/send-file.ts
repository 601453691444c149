/** A refused upload, in the shape that `readError` reads. */
export class UploadError extends Error {
  readonly data: { readonly error: unknown; readonly requestId: unknown };
  constructor(body: { error?: unknown; requestId?: unknown } | null) {
    super('upload failed');
    this.data = { error: body?.error ?? null, requestId: body?.requestId ?? null };
  }
}

interface SendFileOptions {
  readonly onProgress?: (share: number) => void;
  readonly signal?: AbortSignal;
}

/** Sends a file as it is, streamed from disk; `XMLHttpRequest` because fetch does not say how much it has sent. */
export function sendFile<T>(url: string, file: File, { onProgress, signal }: SendFileOptions = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.setRequestHeader('content-type', 'text/csv');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0);
    request.onload = () =>
      request.status === 200 ? resolve(request.response as T) : reject(new UploadError(request.response));
    request.onerror = () => reject(new TypeError('fetch failed'));
    request.onabort = () => reject(new DOMException('The upload was stopped.', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}
