import type { ListRowFault, OrganizationId, SegmentFields, SegmentId } from '@mini-crm/domain';
import { sendFile } from '../../components/send-file.ts';

/** What became of the rows of a file of people. */
export interface ListUpload {
  readonly rows: number;
  readonly added: number;
  readonly already: number;
  readonly refused: number;
  readonly examples: readonly { readonly row: number; readonly reason: ListRowFault; readonly said: string }[];
}

type Options = Parameters<typeof sendFile>[2];

/** Makes a list of the people of a CSV file. */
export function uploadNewList(
  orgId: OrganizationId,
  { name, description }: SegmentFields,
  file: File,
  options: Options,
) {
  const query = new URLSearchParams({ name, description });
  return sendFile<ListUpload & { segmentId: SegmentId }>(`/api/o/${orgId}/segments/lists?${query}`, file, options);
}

/** Puts the people of a CSV file on a list. */
export const uploadMembers = (orgId: OrganizationId, segmentId: SegmentId, file: File, options: Options) =>
  sendFile<ListUpload>(`/api/o/${orgId}/segments/${segmentId}/members`, file, options);
