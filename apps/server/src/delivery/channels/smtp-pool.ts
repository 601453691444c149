import type { Outcome } from '@mini-crm/domain';
import type { SmtpServer } from './smtp-opening.ts';
import { type Envelope, openSession, type SmtpSession } from './smtp-session.ts';

export interface SmtpPoolOptions {
  readonly server: SmtpServer;
  /** Connections at once, at most. */
  readonly size: number;
  /** Messages after which a connection is replaced; servers limit them. */
  readonly messagesPerConnection: number;
  /** How long a connection may wait for a message before it is closed. */
  readonly idleMs: number;
}

interface Job {
  readonly envelope: Envelope;
  readonly message: string;
  readonly resolve: (outcome: Outcome) => void;
  /** Whether it has met a dead connection before. */
  repeated: boolean;
}

interface Seat {
  readonly session: SmtpSession;
  /** Messages that it has been given, and those of them that are on their way. */
  messages: number;
  inHand: number;
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
  const seats = new Set<Seat>();
  let opening = 0;
  let closed = false;
  // A server that takes fewer connections than we would like: the rest of the queue waits for those that it took.
  let limit = options.size;
  let limitUntil = 0;

  const hasRoom = ({ session, messages, inHand }: Seat, most: number) =>
    session.alive() && inHand < most && messages < options.messagesPerConnection;

  /** An idle connection; else, once no more may be opened, one that takes a message ahead of its last answer. */
  function seatFor(): Seat | null {
    for (const seat of seats) if (hasRoom(seat, 1)) return seat;
    if (seats.size + opening < limit) return null;
    for (const seat of seats) if (hasRoom(seat, seat.session.depth)) return seat;
    return null;
  }

  function pump() {
    for (const seat of seats) if (seat.inHand === 0 && !seat.session.alive()) leave(seat);
    if (performance.now() > limitUntil) limit = options.size;
    while (queue.length > 0) {
      const seat = seatFor();
      if (seat) void work(seat, queue.shift() as Job);
      else if (seats.size + opening < limit && opening < queue.length) void connect();
      else return;
    }
  }

  async function connect() {
    opening++;
    const opened = await openSession(options.server);
    opening--;
    if ('session' in opened) {
      const seat: Seat = { session: opened.session, messages: 0, inHand: 0, idleTimer: undefined };
      seats.add(seat);
      rest(seat);
      return pump();
    }
    // Whoever is still connected, or still trying to, takes the queue; a new try at once would go on for ever.
    const busy = [...seats].filter(({ inHand }) => inHand > 0).length;
    if (busy > 0) {
      limit = busy;
      limitUntil = performance.now() + shrunkForMs;
    } else if (opening === 0) {
      for (const job of queue.splice(0)) job.resolve(opened.fault);
    }
  }

  async function work(seat: Seat, job: Job) {
    clearTimeout(seat.idleTimer);
    const reused = seat.messages > 0;
    seat.messages++;
    seat.inHand++;
    const { outcome, alive, silent } = await seat.session.send(job.envelope, job.message);
    seat.inHand--;
    if (silent && reused && !job.repeated && !closed) {
      job.repeated = true;
      queue.unshift(job);
    } else {
      job.resolve(outcome);
    }
    if (seat.inHand === 0) {
      if (!alive) leave(seat);
      else if (closed || seat.messages >= options.messagesPerConnection) quit(seat);
      else rest(seat);
    }
    pump();
  }

  function leave(seat: Seat) {
    clearTimeout(seat.idleTimer);
    seats.delete(seat);
  }

  function quit(seat: Seat) {
    leave(seat);
    seat.session.quit();
  }

  function rest(seat: Seat) {
    if (closed) return quit(seat);
    seat.idleTimer = setTimeout(() => quit(seat), options.idleMs);
    seat.idleTimer.unref();
  }

  return {
    /** Hands a message over as soon as a connection is free. */
    send: (envelope: Envelope, message: string): Promise<Outcome> =>
      new Promise((resolve) => {
        queue.push({ envelope, message, resolve, repeated: false });
        pump();
      }),
    /** Closes what idles; what is being sent is finished first by whoever waits for it. */
    close() {
      closed = true;
      for (const seat of seats) if (seat.inHand === 0) quit(seat);
    },
  };
}

export type SmtpPool = ReturnType<typeof smtpPool>;
