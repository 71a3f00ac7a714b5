import type { RoomsEntry } from '../../../app/ports/deskStore';
import { type Desk, languagesOf, MODES, topicsOnOffer } from '../../../domain/desk';
import type { Rooms } from '../../../domain/deskParts';
import type { ReserveUse } from '../../../domain/slots/reserveUse';
import { inLanguage } from '../../../domain/text';
import { paths, url } from '../../../paths';
import { languageName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import type { CellError, Cells } from '../../parts/cells';
import { reserveCell, roomForm } from '../../parts/roomCells';
import { csvLinks } from '../csvLists';
import { begunWith, carriedCells, changesView, changeView, errorsOf, mergeView } from '../partView';
import type { Sent } from '../sentPart';
import { reserveRows, roomError, roomWords } from './form';

interface Facts {
  readonly desk: Desk;
  readonly entry: RoomsEntry;
  readonly cells: Cells;
  readonly errors?: readonly CellError[] | undefined;
  readonly sent?: Extract<Sent<Rooms>, { kind: 'preview' | 'merge' }> | undefined;
  readonly done?: string | undefined;
  /** What was imported just now. */
  readonly imported?: string | undefined;
  /** What the reserves that are shown would have done. */
  readonly uses: readonly ReserveUse[];
}

/** Returns the form of reserves and capacities, and before it is saved what that would change. */
export function reservesView({ desk, entry, cells, errors = [], sent, done, imported, uses }: Facts, reader: Reader) {
  const { t } = reader;
  const told = errorsOf(errors, (error) => roomError(error, cells, reader));
  const wrong = (id: string) => told.find(({ href }) => href === `#${id}`)?.text;
  const stored = roomForm.cells(entry.part);
  const words = roomWords(desk, reader);
  const begun = begunWith(entry.version, stored);
  return {
    title: t('parts.reserves.title'),
    lead: t('parts.reserves.lead'),
    action: url(paths.staffReserves, { desk: desk.id }),
    csv: csvLinks({ desk, list: 'reserves' }, reader),
    done: imported ?? (done === 'saved' ? t('parts.reserves.saved') : undefined),
    errors: told.length > 0 ? told : undefined,
    typedForm: 'reserves',
    merge:
      sent?.kind === 'merge'
        ? mergeView(sent.merge, { version: sent.entry.version, theirs: stored, words }, reader)
        : undefined,
    preview:
      sent?.kind === 'preview'
        ? {
            ...changeView(sent.change, reader),
            ...changesView(stored, sent.cells, words, reader),
            taken:
              sent.taken.length > 0 ? t('parts.taken', { fields: sent.taken.map(words.name).join(', ') }) : undefined,
            hidden: [...begun, ...carriedCells(sent.cells)],
          }
        : undefined,
    hidden: begun,
    replay:
      uses.length > 0
        ? uses.map(({ reserve, kept, used, released, late }) => ({
            ...{ name: words.name(reserveCell(reserve)), kept, used, released, late },
          }))
        : undefined,
    sections: [reserves(desk, cells, wrong, reader), capacities(cells, wrong, reader)],
  };
}

type Wrong = (id: string) => string | undefined;

function reserves(desk: Desk, cells: Cells, wrong: Wrong, { t, locale }: Reader) {
  return {
    id: 'kept',
    title: t('parts.reserves.starts'),
    hint: t('parts.reserves.startsHint'),
    fields: reserveRows(cells).map((row, i) => {
      const at = `row.${i}`;
      const number = (part: 'starts' | 'days') => ({
        ...{ id: `${at}.${part}`, label: t(`parts.reserves.${part === 'starts' ? 'perDay' : part}`), value: row[part] },
        ...{ inputmode: 'numeric', ltr: true, size: 'short' },
      });
      return {
        isReserve: true,
        id: at,
        label: t('parts.reserves.row', { count: i + 1 }),
        language: {
          ...{ id: `${at}.language`, label: t('parts.reserves.language'), placeholder: t('parts.reserves.any') },
          error: wrong(`${at}.language`),
          options: [...new Set([...languagesOf(desk), ...(row.language ? [row.language] : [])])].map((value) => ({
            ...{ value, text: languageName(locale, value), selected: value === row.language },
          })),
        },
        topic: {
          ...{ id: `${at}.topic`, label: t('parts.reserves.topic'), placeholder: t('parts.reserves.any') },
          options: topicsOnOffer(desk).map(({ id, name }) => ({
            ...{ value: id, text: inLanguage(name, locale), selected: id === row.topic },
          })),
        },
        urgent: { id: `${at}.urgent`, text: t('parts.reserves.urgent'), checked: row.urgent },
        starts: number('starts'),
        days: number('days'),
      };
    }),
  };
}

function capacities(cells: Cells, wrong: Wrong, { t }: Reader) {
  return {
    id: 'rooms',
    title: t('parts.reserves.rooms'),
    hint: t('parts.reserves.roomsHint'),
    fields: MODES.map((mode) => {
      const id = `capacity.${mode}`;
      return {
        ...{ isInput: true, id, label: t(`staff.mode.${mode}`), value: cells[id] ?? '', error: wrong(id) },
        ...{ optional: true, inputmode: 'numeric', ltr: true, size: 'short' },
      };
    }),
  };
}
