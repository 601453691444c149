import { idSchema, type SegmentId } from '@mini-crm/domain';
import type { FastifyRequest } from 'fastify';
import { refusal } from '../errors.ts';

/** The segment that the address of a route names; what can't be an id is not found. */
export function segmentIdOf(request: FastifyRequest): SegmentId {
  const id = idSchema('segment').safeParse((request.params as { segmentId: string }).segmentId);
  if (!id.success) throw refusal({ code: 'not_found' });
  return id.data;
}
