import { isMachineAgent, trackedDeliveryId } from '@mini-crm/domain';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { trapQuery } from '../content/trap-link.ts';
import type { ApiDeps } from '../deps.ts';
import type { Routes } from '../http/routes.ts';
import { earlyResponses } from './early-responses.ts';
import { hmacSha256 } from './hmac.ts';
import { openTracking, trackingSecret } from './open-tracking.ts';
import { reactionBuffer } from './reaction-buffer.ts';
import { type SmallPage, smallPage } from './small-page.ts';
import {
  clicks,
  type Responder,
  recordOpen,
  type Subscription,
  subscriptionOf,
  type TrackingContext,
  unsubscribe,
} from './tracking.usecases.ts';

// 43 bytes, one transparent pixel.
const pixel = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

interface TokenParams {
  readonly token: string;
}

/**
 * What mails point to: the open pixel, the click redirect and the unsubscribe page. Nobody is signed in here and no origin is
 * checked: the signed token is the only right. GET and HEAD never change a consent, because scanners follow every link.
 */
export const trackingRoutes: Routes = (app, deps) => {
  void app.register(async (scope) => {
    // Mail programs post `List-Unsubscribe=One-Click` as a form of either kind (RFC 8058 3.2); the token says all.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { bodyLimit: 10_000, parseAs: 'buffer' }, (_request, _body, done) => done(null));
    await register(scope as unknown as FastifyInstance, deps);
  });
};

async function register(app: FastifyInstance, deps: ApiDeps): Promise<void> {
  const { database, now, log } = deps;
  const responses = earlyResponses(log);
  const reactions = reactionBuffer({ database, log, now });
  app.addHook('onClose', async () => {
    responses.stop();
    await reactions.stop();
  });
  const ctx: TrackingContext = { database, urls: await openTracking(deps), now, responses, reactions };
  const links = clicks(ctx);
  const responder = responders(await trackingSecret(deps));
  // Mail providers fetch pictures and post one-click answers for all their users from few addresses of their own.
  const limited = (times: number) => ({ config: { rateLimit: { max: deps.env.RATE_LIMIT_PER_MINUTE * times } } });

  app.get<{ Params: TokenParams }>('/t/o/:token', limited(50), async (request, reply) => {
    const message = ctx.urls.read('open', request.params.token.replace(/\.gif$/, ''));
    const trap = request.url.endsWith(`.gif${trapQuery}`);
    if (message) recordOpen(ctx, message, responder(request), trap ? 'trap' : 'open');
    if (trap) return page(reply, 200, invisibleLink);
    // Readers in a browser show it from a page that is not ours.
    return unstored(reply).header('cross-origin-resource-policy', 'cross-origin').type('image/gif').send(pixel);
  });

  app.get<{ Params: TokenParams }>('/t/c/:token', limited(50), async (request, reply) => {
    const message = ctx.urls.read('click', request.params.token);
    const target = message && (await links.follow(message, responder(request)));
    if (!target) return page(reply, 404, unknownLink);
    return unstored(reply).redirect(target, 302);
  });

  app.get<{ Params: TokenParams }>('/u/:token', limited(10), async (request, reply) => {
    const message = ctx.urls.read('unsubscribe', request.params.token);
    const subscription = message && (await subscriptionOf(ctx, message));
    if (!subscription) return page(reply, 404, message ? forgottenLink : unknownLink);
    return page(reply, 200, subscription.unsubscribed ? unsubscribedPage(subscription) : questionPage(subscription));
  });

  app.post<{ Params: TokenParams }>('/u/:token', limited(10), async (request, reply) => {
    const message = ctx.urls.read('unsubscribe', request.params.token);
    const subscription = message && (await unsubscribe(ctx, message));
    if (!subscription) return page(reply, 404, message ? forgottenLink : unknownLink);
    request.log.info({ orgId: message.orgId, message: trackedDeliveryId(message) }, 'unsubscribed');
    return page(reply, 200, unsubscribedPage(subscription));
  });
}

/** HEAD looks and changes nothing; proxies and scanners say who they are, as far as they do. */
function responders(secret: string): (request: FastifyRequest) => Responder {
  const digest = hmacSha256(secret);
  return ({ method, headers, ip }) => {
    const agent = headers['user-agent'];
    const by = method !== 'GET' ? 'nobody' : isMachineAgent(agent) ? 'machine' : 'person';
    return {
      by,
      client: digest(`asker:${ip}:${agent?.slice(0, 500) ?? ''}`)
        .toString('base64url')
        .slice(0, 12),
    };
  };
}

const unstored = (reply: FastifyReply) => reply.header('cache-control', 'no-store, private');

function page(reply: FastifyReply, status: number, content: SmallPage) {
  return unstored(reply).status(status).type('text/html; charset=utf-8').send(smallPage(content));
}

const unknownLink: SmallPage = {
  title: 'This link leads nowhere',
  paragraphs: ['It may have been cut off by your mail program. Open it from the message again, or copy all of it.'],
};

const invisibleLink: SmallPage = {
  title: 'Nothing to see here',
  paragraphs: ['This link is in the message for programs that follow all links. No person sees it there.'],
};

const forgottenLink: SmallPage = {
  title: 'This link can not be answered any more',
  paragraphs: [
    'What was known about you has been deleted, and with it the address that this message went to: nothing is left here to unsubscribe.',
    'Should another message reach you, use the link in that one.',
  ],
};

const questionPage = ({ organizationName, address }: Subscription): SmallPage => ({
  title: `Unsubscribe from ${organizationName}?`,
  paragraphs: [`${organizationName} will send no more newsletters and offers to ${hinted(address)}.`],
  button: 'Unsubscribe',
});

const unsubscribedPage = ({ organizationName, address }: Subscription): SmallPage => ({
  title: 'You are unsubscribed',
  paragraphs: [
    `${organizationName} sends no more newsletters and offers to ${hinted(address)}.`,
    'You can close this page.',
  ],
});

/** Enough of an address for its owner: a forwarded message must not show it to others. */
function hinted(address: string): string {
  const at = address.lastIndexOf('@');
  return at < 1 ? 'you' : `${address.slice(0, 1)}…${address.slice(at)}`;
}
