import type { FastifyInstance } from 'fastify';
import { customerRoutes } from '../customers/customer-export.routes.ts';
import type { ApiDeps } from '../deps.ts';
import { ownerRoutes } from '../engine/owner.routes.ts';
import { importRoutes } from '../imports/upload.routes.ts';
import { messageRoutes } from '../messages/message.routes.ts';
import { reportRoutes } from '../reports/report.routes.ts';
import { listUploadRoutes } from '../segments/list-upload.routes.ts';
import { segmentExportRoutes } from '../segments/segment-export.routes.ts';
import { trackingRoutes } from '../tracking/tracking.routes.ts';
import { restRoutes } from './open-api/rest.routes.ts';

/** Registers the plain HTTP routes of one feature. */
export type Routes = (app: FastifyInstance, deps: ApiDeps) => void;

/** The features that have plain HTTP routes beside their procedures, a line each. */
export const routes: readonly Routes[] = [
  trackingRoutes,
  restRoutes,
  customerRoutes,
  segmentExportRoutes,
  listUploadRoutes,
  importRoutes,
  messageRoutes,
  reportRoutes,
  ownerRoutes,
];
