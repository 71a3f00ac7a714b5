import { type CaseFact, caseFact } from '../../domain/cases/caseFact';
import type { Desk } from '../../domain/desk';
import { type CaseResultRow, caseResultRows } from '../../domain/figures/caseResults';
import { demandRows } from '../../domain/figures/demand';
import { addMonths, type Month } from '../../domain/figures/months';
import { COUNT_TABLES, type CountTable } from '../../domain/figures/monthTables';
import { type WaitingRow, waitingRows } from '../../domain/figures/waiting';
import type { Caller } from '../../domain/staff/caller';
import { assertMaySeeFigures } from '../../domain/staff/rights';
import type { AppDeps } from '../deps';
import { deskOf } from '../desks/deskOf';
import type { ClosedMonth } from '../ports/figures';
import type { StartsTask } from '../ports/openStarts';

/** The figures of some months, which are all closed. */
export interface DeskFigures {
  readonly desk: Desk;
  /** The first and the last month that are counted; null: no month of the period is closed. */
  readonly period: { readonly from: Month; readonly to: Month } | null;
  /** All months that are closed, ascending. */
  readonly choice: readonly Month[];
  readonly counts: Readonly<Record<CountTable, readonly FigureRow[]>>;
  readonly waiting: readonly WaitingRow[];
  readonly use: readonly ({ readonly month: Month } & ClosedMonth['use'])[];
  readonly demand: ReturnType<typeof demandRows>;
  /** What cases came to that were closed. */
  readonly cases: readonly CaseResultRow[];
  /** Where most starts are missing now, with what would help; null: nowhere, or nothing would. */
  readonly suggestion: StartsTask | null;
}

/** A number of a month, and what it counts, in the order of the table's dimensions. */
export interface FigureRow {
  readonly month: Month;
  readonly values: readonly string[];
  /** Null: hidden. */
  readonly count: number | null;
}

/** @param asked the first and the last month; both count, and what is absent is a year up to the last closed month */
type ReadFigures = (asked: {
  readonly who: Caller;
  readonly deskId: string;
  readonly from?: Month | undefined;
  readonly to?: Month | undefined;
}) => Promise<DeskFigures>;

const USUAL_MONTHS = 12;
const [EVER_BEFORE, EVER_AFTER] = ['0000-01', '9999-12'];

/**
 * Reads the figures of a desk. Counts were decided when each month was closed, see `closeMonths`; a period is nothing
 * but its months one after another.
 *
 * @throws DomainError `not-found`, `forbidden`
 */
export function readFigures({ storage }: Pick<AppDeps, 'storage'>): ReadFigures {
  return async ({ who, deskId, from, to }) => {
    assertMaySeeFigures(who, deskId);
    const desk = await deskOf(storage, deskId);
    const all = await storage.figures.closed({ deskId, from: EVER_BEFORE, to: EVER_AFTER });
    const choice = all.map(({ month }) => month);
    const last = to ?? choice.at(-1) ?? EVER_BEFORE;
    const first = from ?? addMonths(last, 1 - USUAL_MONTHS);
    const months = all.filter(({ month }) => first <= month && month <= last);
    const period = periodOf(months);
    const open = await storage.openStarts.open(deskId);
    return {
      ...{ desk, period, choice },
      counts: countsOf(months),
      waiting: period ? await waitingIn(storage, deskId, period) : [],
      use: months.map(({ month, use }) => ({ month, ...use })),
      demand: period ? demandRows(await storage.demand.list(deskId), period) : [],
      cases: period && desk.cases ? caseResultRows(await caseFacts(storage, desk), period) : [],
      suggestion: open.find(({ opening }) => opening !== null) ?? null,
    };
  };
}

/** Returns the facts of all closed cases, those that are gone and those that are still kept. */
async function caseFacts({ cases }: Pick<AppDeps['storage'], 'cases'>, { id, hours }: Desk): Promise<CaseFact[]> {
  const kept = (await cases.closed(id)).map((each) => caseFact(each, hours.timeZone));
  return [...(await cases.facts(id)), ...kept.filter((fact) => fact !== null)];
}

function periodOf(months: readonly ClosedMonth[]): DeskFigures['period'] {
  const [first, last] = [months[0], months.at(-1)];
  return first && last ? { from: first.month, to: last.month } : null;
}

/** A month that was closed before a table was told has none of its rows. */
function countsOf(months: readonly ClosedMonth[]): DeskFigures['counts'] {
  const tables = Object.keys(COUNT_TABLES) as CountTable[];
  return Object.fromEntries(
    tables.map((table) => [
      table,
      months.flatMap(({ month, tables }) => (tables[table] ?? []).map((row) => ({ month, ...row }))),
    ]),
  ) as unknown as DeskFigures['counts'];
}

async function waitingIn(
  { figures }: Pick<AppDeps['storage'], 'figures'>,
  deskId: string,
  period: NonNullable<DeskFigures['period']>,
): Promise<WaitingRow[]> {
  const facts = await figures.facts({ deskId, from: `${period.from.slice(0, 4)}-01`, to: period.to });
  return waitingRows(facts, await figures.samples({ deskId, ...period }), period);
}
