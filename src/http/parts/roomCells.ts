import type { z } from 'zod';
import { type Capacities, MODES, type Reserve } from '../../domain/desk';
import type { Rooms } from '../../domain/deskParts';
import { known } from '../../fields/schemas/checks';
import { Capacities as CapacitiesSchema, Reserve as ReserveSchema } from '../../fields/schemas/reserve';
import { type CellForm, filled, numberIn } from './cells';

/** How the cells of reserves begin: `reserve.uk.residence.urgent`, with `-` for what does not matter. */
const RESERVE = 'reserve.';
const CAPACITY = 'capacity.';
const ANY = '-';

const RoomCells = known({ reserves: ReserveSchema.array(), capacities: CapacitiesSchema });

/** Reserves and capacities as cells: one for each reserve (starts a day, working days before), one for each mode. */
export const roomForm: CellForm<Rooms> = {
  cells: ({ reserves, capacities }) =>
    filled({
      ...Object.fromEntries(reserves.map((reserve) => [reserveCell(reserve), reserveText(reserve)])),
      ...Object.fromEntries(MODES.map((mode) => [`${CAPACITY}${mode}`, capacities[mode]?.toString()])),
    }),

  read(_id, cells) {
    const kept = Object.entries(cells).filter(([cell]) => cell.startsWith(RESERVE));
    const capacities = MODES.map((mode) => [mode, numberIn(cells[`${CAPACITY}${mode}`])]);
    const { success, data, error } = RoomCells.safeParse({
      reserves: kept.map(([cell, text]) => reserveIn(cell, text)),
      capacities: Object.fromEntries(capacities.filter(([, count]) => count !== undefined)),
    });
    if (!success) return { errors: error.issues.map((issue) => cellError(issue, kept)) };
    const reserves = data.reserves.map(({ topic, ...reserve }) => ({ topicId: topic, ...reserve }));
    return { part: { reserves, capacities: data.capacities as Capacities } };
  },
};

export function reserveCell({ language, topicId, urgent }: Pick<Reserve, 'language' | 'topicId' | 'urgent'>): string {
  return `${RESERVE}${language ?? ANY}.${topicId ?? ANY}.${urgent ? 'urgent' : ANY}`;
}

function reserveText({ startsPerDay, releaseWorkingDays }: Pick<Reserve, 'startsPerDay' | 'releaseWorkingDays'>) {
  return `${startsPerDay} ${releaseWorkingDays}`;
}

/** Returns what a cell of a reserve says; numbers that are none stay texts, for the schema to refuse. */
export function reserveIn(cell: string, text: string) {
  const [language = ANY, topic = ANY, urgent] = cell.slice(RESERVE.length).split('.');
  const [startsPerDay, releaseWorkingDays] = text.split(' ').map(numberIn);
  const named = (part: string) => (part === ANY ? null : part);
  return {
    ...{ language: named(language), topic: named(topic), urgent: urgent === 'urgent' },
    ...{ startsPerDay, releaseWorkingDays },
  };
}

function cellError({ path, message }: z.core.$ZodIssue, kept: readonly (readonly [string, string])[]) {
  const [list, at] = path;
  const cell = list === 'capacities' ? `${CAPACITY}${String(at)}` : (kept[Number(at)]?.[0] ?? 'reserves');
  return { cell, detail: message.replace(/^Invalid (input|option): /, '') };
}
