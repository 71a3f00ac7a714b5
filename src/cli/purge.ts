import { setTimeout as after } from 'node:timers/promises';
import { KINDS, type Kind } from '../app/retention/outdated';
import { purge } from '../app/retention/purge';
import { type Command, optionsOf } from './command';
import { withStorage } from './open';

/** The line that is printed after the count of each kind. */
const WORDS: Readonly<Record<Kind, string>> = {
  drafts: 'drafts that nobody sent: forgotten',
  idempotencyKeys: 'answers to requests with a key: forgotten',
  plans: 'plans for absences: deleted',
  waiting: 'entries of the waiting list that have ended: deleted',
  queue: 'people who waited: forgotten',
  operations: 'what staff did together, and could be undone: deleted',
  origins: 'networks that bookings came from, as keyed hashes: forgotten',
  rateLimits: 'counters of requests: forgotten',
  sessions: 'sessions that are over: forgotten',
  messages: 'messages: words and address blanked',
  webhookMessages: 'messages to webhooks: deleted',
  freeTexts: 'bookings: note and reasons blanked',
  answers: 'answers to the questions of a topic: blanked',
  absenceReasons: 'absences: reason blanked',
  bookings: 'bookings: a fact without a person in their place',
  unmetDemand: 'searches in vain: weeks, topics and languages that were counted',
  hoursVersions: 'earlier versions of the opening hours',
  cases: 'cases that were closed: a fact without a person in their place',
  trail: 'lines about who looked at the file of a person: deleted',
};

export const purgeCommand: Command = {
  name: 'purge',
  summary: 'forget what is kept for a while only, as every night',
  usage: '[--dry-run]',
  details: `Each desk has its own periods ("retention" in its file); without: bookings 30 days after their end, what clients
wrote and why advisors were away 7, answers as long as their question says, messages 14 days after they were sent, drafts 24 hours, answers to an Idempotency-Key 48, how often something was
looked for in vain two years, cases as long as "cases" in its file says from when they were closed. A booking that is not over loses nothing.
--dry-run counts the same, and changes nothing. It is safe to run while the server is running.`,

  async run(args, terminal) {
    const { 'dry-run': dryRun = false } = optionsOf(args, { 'dry-run': { type: 'boolean' } });
    const counts = await withStorage(terminal, (storage) =>
      purge({ storage, now: Date.now, pause: async (ms) => void (await after(ms)) })({
        dryRun,
        signal: new AbortController().signal,
      }),
    );
    const widest = Math.max(...KINDS.map((kind) => String(counts[kind]).length));
    for (const kind of KINDS) terminal.out(`${String(counts[kind]).padStart(widest)}  ${WORDS[kind]}`);
    if (dryRun) terminal.err('This was a dry run: nothing was changed.');
  },
};
