import type { Outcome } from '@mini-crm/domain';
import type { SMTPConnectionOptions } from 'nodemailer/lib/smtp-connection';
import { type Envelope, openSession, type SmtpLogin, type SmtpSession } from './smtp-session.ts';

export interface SmtpPoolOptions {
  readonly connection: SMTPConnectionOptions;
  readonly login: SmtpLogin | null;
  /** Connections at once, at most. */
  readonly size: number;
  /** Messages after which a connection is replaced; servers limit them. */
  readonly messagesPerConnection: number;
  /** How long a connection may wait for a message before it is closed. */
  readonly idleMs: number;
}

interface Job {
  readonly envelope: Envelope;
  readonly message: Buffer;
  readonly resolve: (outcome: Outcome) => void;
  /** Whether it has met a dead connection before. */
  repeated: boolean;
}

interface Seat {
  readonly session: SmtpSession;
  messages: number;
  idleTimer: NodeJS.Timeout | undefined;
}

const shrunkForMs = 60_000;

/**
 * Connections that stay open from message to message. A message is handed to one connection and its outcome is that
 * connection's answer: the pool repeats it only where a connection that had idled turns out to be dead before the message
 * was begun.
 */
export function smtpPool(options: SmtpPoolOptions) {
  const queue: Job[] = [];
  const idle: Seat[] = [];
  const busy = new Set<Seat>();
  let opening = 0;
  let closed = false;
  // A server that takes fewer connections than we would like: the rest of the queue waits for those that it took.
  let limit = options.size;
  let limitUntil = 0;

  const open = () => busy.size + idle.length + opening;

  function pump() {
    while (queue.length > 0) {
      const seat = idle.pop();
      if (seat) {
        clearTimeout(seat.idleTimer);
        const job = seat.session.alive() ? queue.shift() : undefined;
        if (job) void work(seat, job);
        continue;
      }
      if (performance.now() > limitUntil) limit = options.size;
      if (open() >= limit || opening >= queue.length) return;
      void connect();
    }
  }

  async function connect() {
    opening++;
    const opened = await openSession(options.connection, options.login);
    opening--;
    if ('session' in opened) {
      rest({ session: opened.session, messages: 0, idleTimer: undefined });
      return pump();
    }
    // Whoever is still connected, or still trying to, takes the queue; a new try at once would go on for ever.
    if (busy.size > 0) {
      limit = busy.size;
      limitUntil = performance.now() + shrunkForMs;
    } else if (opening === 0) {
      for (const job of queue.splice(0)) job.resolve(opened.fault);
    }
  }

  async function work(seat: Seat, job: Job) {
    busy.add(seat);
    const reused = seat.messages > 0;
    seat.messages++;
    const { outcome, alive, silent } = await seat.session.send(job.envelope, job.message);
    busy.delete(seat);
    if (silent && reused && !job.repeated && !closed) {
      job.repeated = true;
      queue.unshift(job);
    } else {
      job.resolve(outcome);
    }
    if (alive && seat.messages < options.messagesPerConnection) rest(seat);
    else if (alive) seat.session.quit();
    pump();
  }

  function rest(seat: Seat) {
    if (closed) return seat.session.quit();
    seat.idleTimer = setTimeout(() => {
      const at = idle.indexOf(seat);
      if (at >= 0) idle.splice(at, 1);
      seat.session.quit();
    }, options.idleMs);
    seat.idleTimer.unref();
    idle.push(seat);
  }

  return {
    /** Hands a message over as soon as a connection is free. */
    send: (envelope: Envelope, message: Buffer): Promise<Outcome> =>
      new Promise((resolve) => {
        queue.push({ envelope, message, resolve, repeated: false });
        pump();
      }),
    /** Closes what idles; what is being sent is finished first by whoever waits for it. */
    close() {
      closed = true;
      for (const seat of idle.splice(0)) {
        clearTimeout(seat.idleTimer);
        seat.session.quit();
      }
    },
  };
}

export type SmtpPool = ReturnType<typeof smtpPool>;
