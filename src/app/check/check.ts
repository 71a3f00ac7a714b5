import type { Audit, AuditFacts } from '../ports/audit';
import type { Clock } from '../ports/clock';
import {
  changesAreTold,
  type Findings,
  historyAgrees,
  noOverlap,
  type Rule,
  sequencesRise,
  somebodyIsThere,
  wallTimeHolds,
} from './rules';

/** The result for one invariant. */
export interface Verdict {
  /** The invariant as a sentence. */
  readonly invariant: string;
  /** What `looked` counts. */
  readonly unit: string;
  readonly looked: number;
  readonly violations: readonly string[];
  readonly remarks: Readonly<Record<string, number>>;
}

type Check = () => Promise<Verdict[]>;

/**
 * Checks the invariants that every change maintains, over the whole database. It reads one snapshot and does not lock
 * writers out.
 */
export function check({ audit, now }: { audit: Audit; now: Clock }): Check {
  return () =>
    audit.atOneMoment(async (facts) => {
      const rules = rulesOf(facts, now(), await facts.desks());
      const verdicts = rules.map(({ invariant, unit }) => ({ invariant, unit, ...nothing() }));
      let [holds, bookings] = [0, 0];
      for await (const rows of facts.rows()) {
        for (const [i, { rule }] of rules.entries()) add(verdicts[i] ?? nothing(), await rule(rows));
        const held = rows.filter(({ status }) => status === 'held' || status === 'lapsed').length;
        holds += held;
        bookings += rows.length - held;
      }
      return [...verdicts, ...(await ofTables(facts, { holds, bookings }))];
    });
}

function rulesOf(facts: AuditFacts, now: number, desks: Awaited<ReturnType<AuditFacts['desks']>>) {
  const of = (invariant: string, unit: string, rule: Rule) => ({ invariant, unit, rule });
  return [
    of('An advisor has one booking or hold at a time', 'bookings and holds', noOverlap()),
    of('Every change has its messages in the outbox', 'changes', changesAreTold()),
    of('Sequences rise', 'bookings', sequencesRise),
    of('Status and history agree', 'bookings', historyAgrees),
    of('Times are still those that were agreed', 'bookings and holds', wallTimeHolds(facts.tzdata)),
    of('Somebody is there, or reception knows', 'bookings ahead', somebodyIsThere(facts, desks, now)),
  ];
}

async function ofTables(
  facts: AuditFacts,
  { holds, bookings }: Record<'holds' | 'bookings', number>,
): Promise<Verdict[]> {
  const { tables, faults } = await facts.structure();
  const together = (ids: readonly string[], what: string) => `${ids.join(', ')}: ${what}`;
  const [ofOneBrowser, ofOneReference] = [await facts.doubled('hold'), await facts.doubled('reference')];
  return [
    {
      invariant: 'A browser has one hold',
      unit: 'holds',
      looked: holds,
      violations: ofOneBrowser.map((ids) => together(ids, 'of one browser')),
      remarks: {},
    },
    {
      invariant: 'References are unique at a desk',
      unit: 'bookings',
      looked: bookings,
      violations: ofOneReference.map((ids) => together(ids, 'have the same reference')),
      remarks: {},
    },
    { invariant: 'The database is whole', unit: 'tables', looked: tables, violations: faults, remarks: {} },
  ];
}

interface Sum {
  looked: number;
  violations: string[];
  remarks: Record<string, number>;
}

function nothing(): Sum {
  return { looked: 0, violations: [], remarks: {} };
}

function add(sum: Sum, { looked, violations, remarks = {} }: Findings): void {
  sum.looked += looked;
  sum.violations.push(...violations);
  for (const [name, count] of Object.entries(remarks)) sum.remarks[name] = (sum.remarks[name] ?? 0) + count;
}
