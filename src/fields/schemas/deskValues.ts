import { z } from 'zod';
import { isLanguage } from '../languageTag';
import { textInLanguages, words } from './text';

/** A text in every language of the pages. */
export const text = textInLanguages(words, isLanguage, { keys: 'expected language tags as names' });

export const minutes = (least: number, most: number) => z.int().min(least).max(most);
export const MINUTES_PER_HOUR = 60;
export const MINUTES_PER_DAY = 24 * MINUTES_PER_HOUR;
