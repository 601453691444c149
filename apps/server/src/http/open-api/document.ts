import { ingestLimits } from '@mini-crm/domain';
import { z } from 'zod';
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from 'zod-openapi';
import { errorAnswerSchema } from './answers.ts';
import { type Endpoint, endpoints } from './endpoints.ts';

const rateHeaders = z.object({
  'RateLimit-Limit': z.int().meta({ description: 'Requests that the key has in a minute.' }),
  'RateLimit-Remaining': z.int().meta({ description: 'Requests that are left of it.' }),
  'RateLimit-Reset': z.int().meta({ description: 'Seconds until the minute ends.' }),
});

const refusedBy = (description: string) => ({
  description,
  content: { 'application/json': { schema: errorAnswerSchema } },
});

function operationOf(endpoint: Endpoint): ZodOpenApiOperationObject {
  const { operationId, summary, description, scope, items, params, query, headers, answer } = endpoint;
  const batch = items && z.object({ [items.name]: z.array(items.schema).max(ingestLimits.items) });
  const body = batch ?? endpoint.body;
  const asked = {
    ...(params ? { path: params } : {}),
    ...(query ? { query } : {}),
    ...(headers ? { header: headers } : {}),
  };
  return {
    operationId,
    summary,
    description: `${description ? `${description} ` : ''}The key needs the scope ${scope}.`,
    security: [{ apiKey: [] }],
    ...(params || query || headers ? { requestParams: asked } : {}),
    ...(body ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } } : {}),
    responses: {
      [endpoint.status ?? 200]: {
        description: endpoint.status === 202 ? 'Accepted.' : 'Done.',
        headers: endpoint.answerHeaders ? rateHeaders.extend(endpoint.answerHeaders.shape) : rateHeaders,
        content: { 'application/json': { schema: answer } },
      },
      '400': refusedBy(body ? 'The body is no JSON, or not the object described here.' : 'A parameter is wrong.'),
      '401': refusedBy('There is no key, or it is wrong or revoked.'),
      '403': refusedBy('The key has not the scope.'),
      ...(params ? { '404': refusedBy('Your organization has none with this id.') } : {}),
      ...(body
        ? {
            '413': refusedBy(`The body has more than ${ingestLimits.bytes} bytes.`),
            '415': refusedBy('The body is not application/json.'),
            ...(batch ? { '422': refusedBy(`There are more than ${ingestLimits.items} items.`) } : {}),
          }
        : {}),
      ...Object.fromEntries(Object.entries(endpoint.refusals ?? {}).map(([status, why]) => [status, refusedBy(why)])),
      '429': refusedBy('The key has no requests left in this minute; Retry-After says for how many seconds.'),
    },
  };
}

/** The OpenAPI 3.1 document of the REST API, made from the schemas that the server checks by. */
export function openApiDocument(publicUrl: string): object {
  const paths: ZodOpenApiPathsObject = {};
  for (const endpoint of endpoints) {
    paths[endpoint.path] = { ...paths[endpoint.path], [endpoint.method.toLowerCase()]: operationOf(endpoint) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'Mini CRM',
      version: '1',
      description:
        'Customers, orders, refunds and events of your own coming in by batches, and messages going out one by one. The organization is the key’s. Money is in minor units of an ISO 4217 currency; instants are RFC 3339 with a zone.',
    },
    servers: [{ url: `${publicUrl}/api/v1` }],
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key of your organization: Settings, API keys.' },
      },
    },
    paths,
  });
}
