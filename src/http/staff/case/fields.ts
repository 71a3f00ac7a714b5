import type { z } from 'zod';
import { inReadingOrder } from '../../../domain/language';
import { languageName } from '../../../presentation/format';
import type { Reader } from '../../../presentation/texts';
import { WORLD_LANGUAGES } from '../../../presentation/worldLanguages';
import type { Fields, FormError } from '../forms';

/** Reads the fields of one form, and collects what is wrong with them. */
export function fieldReader(fields: Fields, { t }: Pick<Reader, 't'>) {
  const errors: FormError[] = [];
  return {
    errors,
    /**
     * Returns the value of a field; an empty one is read as null.
     *
     * @param wrong the last part of the key of the message
     */
    read<T extends z.ZodType>(id: string, schema: T, wrong: string): z.output<T> | undefined {
      const result = schema.safeParse(fields[id] || null);
      if (result.success) return result.data;
      errors.push({ href: `#${id}`, text: t(`cases.wrong.${wrong}`) });
      return undefined;
    },
  };
}

/** What a form shows: what is stored, or what was typed into it and what is wrong with that. */
export interface Shown {
  /** Undefined: the form was not sent. */
  readonly typed: Fields | undefined;
  readonly errors: readonly FormError[];
}

/** Makes the fields of one form, for `partials/staff/partField`. */
export function fieldMaker({ typed, errors }: Shown, { t, locale }: Reader) {
  const value = (id: string, stored: string | null | undefined) => (typed ? (typed[id] ?? '') : (stored ?? ''));
  const common = (id: string, label: string, stored: string | null | undefined) => ({
    ...{ id, label: t(`cases.field.${label}`), value: value(id, stored), optional: true },
    error: errors.find(({ href }) => href === `#${id}`)?.text,
  });
  return {
    line: (id: string, label: string, stored: string | null | undefined, more: object = {}) => ({
      ...{ ...common(id, label, stored), isInput: true, autocomplete: 'off' },
      ...more,
    }),
    area: (id: string, label: string, stored: string | null | undefined, more: object = {}) => ({
      ...{ ...common(id, label, stored), isArea: true },
      ...more,
    }),
    /** A select whose texts stand under `cases.` and the name of the list. */
    select: (
      id: string,
      label: string,
      { stored, options, more = {} }: { stored: string | null; options: readonly Option[]; more?: object },
    ) => ({
      ...{ ...common(id, label, stored), isSelect: true, placeholder: t('cases.noChoice') },
      options: options.map((option) => ({ ...option, selected: option.value === value(id, stored) })),
      ...more,
    }),
    ticks: (
      id: string,
      label: string,
      { stored, options }: { stored: readonly string[]; options: readonly Option[] },
    ) => ({
      ...{ id, isTicks: true, label: t(`cases.field.${label}`) },
      ticks: options.map(({ value: each, text }) => {
        const name = `${id}-${each}`;
        return { id: name, text, checked: typed ? typed[name] === 'true' : stored.includes(each) };
      }),
    }),
    languages: (first: readonly string[]): Option[] => {
      const all = [...new Set([...inReadingOrder(first), ...WORLD_LANGUAGES])];
      return all.map((tag) => ({ value: tag, text: languageName(locale, tag) }));
    },
  };
}

interface Option {
  readonly value: string;
  readonly text: string;
}

/** Returns the values of a list with their texts, which stand under `cases.LIST.VALUE`. */
export function optionsOf(list: string, values: readonly string[], { t }: Pick<Reader, 't'>): Option[] {
  return values.map((value) => ({ value, text: t(`cases.${list}.${value}`) }));
}
