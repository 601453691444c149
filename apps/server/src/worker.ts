import { openChannel } from './delivery/channels/open-channel.ts';
import { systemMailer } from './delivery/mailer.ts';
import { boot, stopOnSignal } from './process/boot.ts';
import { loops } from './worker/loops.ts';

const { env, log, database } = await boot('worker');
const mailer = systemMailer(env);
const now = () => new Date();
const channel = openChannel(database, env, now);
const running = loops.map((loop) => loop.start({ database, env, log, mailer, channel, now }));
log.info({ loops: loops.map(({ name }) => name) }, 'worker works');

stopOnSignal(log, async () => {
  await Promise.all(running.map((loop) => loop.stop()));
  await mailer.close();
  await channel.close();
  await database.close();
});
