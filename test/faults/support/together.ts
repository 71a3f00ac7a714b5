import { type SmtpPeer, smtpPeer } from '../../support/smtpPeer';
import type { Ledger } from './bookers';
import { outboxEmpty, post } from './mails';
import { verdict } from './oracle';
import { freePort, type Running, startProgram } from './program';

/** One of several programs on one database, at its own port, with a mail server that nobody else uses. */
export interface Member {
  readonly origin: string;
  readonly smtp: SmtpPeer;
  /** Starts it, or starts it again. @returns milliseconds until it was ready */
  start(): Promise<number>;
  /** SIGKILL. */
  kill(): Promise<void>;
  /** SIGTERM. @returns the exit code */
  term(): Promise<number | null>;
  /** All that the program printed, each time it ran. */
  output(): string;
}

/** The address of the balancer that would stand in front of all of them. */
const OUTSIDE = 'https://termine.stadt.example';

/** Prepares a program, and does not start it yet. @param env variables besides those that `startProgram` sets */
export async function member(databaseUrl: string, env: Readonly<Record<string, string>> = {}): Promise<Member> {
  const [smtp, port] = [await smtpPeer(), await freePort()];
  const lives: Running[] = [];
  const latest = () => lives.at(-1) as Running;
  return {
    origin: `http://127.0.0.1:${port}`,
    smtp,
    start() {
      lives.push(startProgram({ databaseUrl, smtpUrl: smtp.url, port, env: { BASE_URL: OUTSIDE, ...env } }));
      return latest().ready();
    },
    kill: () => latest().kill(),
    term: () => latest().term(),
    output: () => lives.map((life) => life.output()).join(''),
  };
}

interface Left {
  readonly databaseUrl: string;
  readonly programs: readonly Member[];
  /** `programs` and those that have ended before: all who may have sent mail. */
  readonly everSent?: readonly Member[];
  readonly kept: Ledger;
  /** Whether to wait for leases to end (see `outboxEmpty`). */
  readonly patient?: boolean;
}

/**
 * Waits until every mail is out, ends the programs, and returns their exit codes, what the clients were told, what the
 * database holds and what mails arrived.
 */
export async function aftermath({ databaseUrl, programs, everSent = programs, kept, patient = false }: Left) {
  await outboxEmpty(databaseUrl, { patient });
  const exits = await Promise.all(programs.map((program) => program.term()));
  kept.close();
  const told = kept.read();
  const peers = everSent.map(({ smtp }) => smtp);
  return { exits, told, found: await verdict(databaseUrl, told), mails: await post(databaseUrl, peers, told) };
}

/** How often `watchSenders` looks which program sends. */
const LOOK_MS = 10;

/** Watches which of the programs sends mail, and when. Only one process at a time may have that job. */
export function watchSenders(members: readonly Member[]) {
  const sent = members.map(({ smtp }) => smtp.received.length);
  const turns: { readonly member: Member; readonly since: number }[] = [];
  const timer = setInterval(() => {
    members.forEach((member, i) => {
      const now = member.smtp.received.length;
      if (now > (sent[i] as number) && turns.at(-1)?.member !== member)
        turns.push({ member, since: performance.now() });
      sent[i] = now;
    });
  }, LOOK_MS);
  return {
    /**
     * Returns who sent, in order; a program comes twice only if another one sent in between. `since` is a
     * performance.now().
     */
    turns: () => [...turns],
    end: () => clearInterval(timer),
  };
}
