import type { Text } from '../text';

/** The names of the days that many desks close by custom, in the languages of the pages for clients. */
export const CUSTOMARY_NAMES = {
  womensCarnival: {
    de: 'Altweiber',
    en: 'Women’s carnival day',
    fr: 'Jeudi gras',
    es: 'Jueves de Carnaval',
    tr: 'Kadınlar karnavalı',
    ar: 'خميس الكرنفال',
    uk: 'Жіночий карнавал',
    ja: '女性のカーニバルの日',
    zh: '妇女狂欢节',
  },
  carnivalMonday: {
    de: 'Rosenmontag',
    en: 'Carnival Monday',
    fr: 'Lundi gras',
    es: 'Lunes de Carnaval',
    tr: 'Karnaval pazartesisi',
    ar: 'اثنين الكرنفال',
    uk: 'Карнавальний понеділок',
    ja: 'カーニバルの月曜日',
    zh: '狂欢节星期一',
  },
  bridgeDay: {
    de: 'Brückentag',
    en: 'Day between a holiday and the weekend',
    fr: 'Pont',
    es: 'Puente',
    tr: 'Köprü günü',
    ar: 'يوم بين العطلة ونهاية الأسبوع',
    uk: 'День між святом і вихідними',
    ja: '祝日と週末の間の日',
    zh: '节日与周末之间的一天',
  },
  christmasEve: {
    de: 'Heiligabend',
    en: 'Christmas Eve',
    fr: 'Veille de Noël',
    es: 'Nochebuena',
    tr: 'Noel arifesi',
    ar: 'ليلة عيد الميلاد',
    uk: 'Святвечір',
    ja: 'クリスマスイブ',
    zh: '平安夜',
  },
  betweenTheYears: {
    de: 'Zwischen den Jahren',
    en: 'Between Christmas and New Year',
    fr: 'Entre Noël et le Nouvel An',
    es: 'Entre Navidad y Año Nuevo',
    tr: 'Noel ile yılbaşı arası',
    ar: 'بين عيد الميلاد ورأس السنة',
    uk: 'Між Різдвом і Новим роком',
    ja: 'クリスマスから新年までの間',
    zh: '圣诞节与新年之间',
  },
  newYearsEve: {
    de: 'Silvester',
    en: 'New Year’s Eve',
    fr: 'Saint-Sylvestre',
    es: 'Nochevieja',
    tr: 'Yılbaşı gecesi',
    ar: 'ليلة رأس السنة',
    uk: 'Переддень Нового року',
    ja: '大晦日',
    zh: '除夕（公历）',
  },
} as const satisfies Record<string, Text>;

/** Returns the name of a customary day in all languages, if this is its German one; otherwise nothing. */
export function customaryName(german: string): Text {
  return Object.values(CUSTOMARY_NAMES).find(({ de }) => de === german) ?? {};
}
