import fc from 'fast-check';
import { foundBy, readingsOf, searchText } from '../../../src/domain/booking/searchText';
import { passportName } from '../../../src/domain/booking/spellings';
import { cases } from '../../support/cases';

fc.configureGlobal({ numRuns: cases(100) });

const booking = (name: string, part: { email?: string; phone?: string; organisation?: string } = {}) => ({
  client: { name, email: part.email ?? null, phone: part.phone ?? null },
  reference: 'K7MQ-4XWT',
  people: [],
  onBehalfOf: part.organisation ? { organisation: part.organisation, name: '' } : null,
});
const finds = (typed: string, name: string) => foundBy(booking(name), typed).length > 0;

/** How people write Ukrainian letters where they learned to write: at the head of a word, and elsewhere. */
const GERMAN =
  'а a, б b, в w, г h, ґ g, д d, е e, є je, ж sch, з s, и y, і i, ї ji, й j, к k, л l, м m, н n, о o, п p, р r, с s, т t, у u, ф f, х ch, ц z, ч tsch, ш sch, щ schtsch, ю ju, я ja';
const ENGLISH =
  'а a, б b, в v, г g, ґ g, д d, е e, є ye, ж zh, з z, и y, і i, ї yi, й y, к k, л l, м m, н n, о o, п p, р r, с s, т t, у u, ф f, х kh, ц ts, ч ch, ш sh, щ shch, ю yu, я ya';
function written(name: string, table: string): string {
  const letters = Object.fromEntries(table.split(', ').map((pair) => pair.split(' ')));
  return [...name].map((letter) => letters[letter] ?? letter).join('');
}

/** Syllables as Ukrainian has them: no two consonants that another spelling could take for one. */
const name = fc
  .array(fc.tuple(fc.constantFrom(...'бвгдйжзклмнпрстфхцчшщ'), fc.constantFrom(...'аеиіоуюя')), {
    minLength: 3,
    maxLength: 5,
  })
  .map((syllables) => syllables.flat().join(''));

describe('A name', () => {
  it.each([
    'Юлія Yuliia Julija Yulia Julia Iuliia',
    'Щербак Shcherbak Schtscherbak Scherbak',
    'Харченко Kharchenko Chartschenko Harchenko',
    'Жанна Zhanna Schanna Žanna',
    'Зеленський Zelenskyi Selenskyj Zelensky',
    'Євгенія Yevheniia Jewgenija Evgenia',
    'Згурський Zghurskyi Sgurskyj',
    "В'ячеслав Viacheslav Wjatscheslaw Vyacheslav",
    'Сергій Serhii Sergij Sergiy',
    'Müller Mueller Muller MÜLLER',
    'Bär Baer Bar',
    'Weiß Weiss WEIẞ',
    'Meier Maier Meyer Mayer',
    'Łukasz Lukasz',
    'Leila leila laila layla Leyla Laylah ليلى لَيْلى',
    'Mohammed Muhammad Mohamed محمد محمّد',
    'Hussein Husain Hossein حسين',
    'Fatima Fatma Fatimah فاطمة فاطمه',
    'Yusuf Youssef Jusuf يوسف',
    'Aisha Aicha Ayesha عائشة',
    'Khadija Khadidja Chadidscha خديجة',
    'Khaled Khalid Chalid خالد',
    'Ahmad Ahmed أحمد احمد',
    'Ali Aly علي',
    'Almasri Al-Masri المصري',
  ])('is found in each of these spellings: %s', (ways) => {
    for (const typed of ways.split(' '))
      for (const stored of ways.split(' '))
        expect(`${typed} finds ${stored}: ${finds(typed, stored)}`).toBe(`${typed} finds ${stored}: true`);
  });

  it.each([
    ['Leila', 'Lila'],
    ['Omar', 'Maria'],
    ['Peter', 'Petra'],
    ['Hassan', 'Hussein'],
    ['Anna', 'Eva'],
    ['Ali', 'Ella'],
    ['Schmidt', 'Meier'],
  ])('is not found by a different name: %s, %s', (one, other) => {
    expect([finds(one, other), finds(other, one)]).toEqual([false, false]);
  });

  it('is found by a second spelling if the second is found by the first', () => {
    fc.assert(
      fc.property(name, (cyrillic) => {
        const ways = [cyrillic, passportName(cyrillic), written(cyrillic, GERMAN), written(cyrillic, ENGLISH)];
        for (const typed of ways)
          for (const stored of ways) expect([typed, stored, finds(typed, stored)]).toEqual([typed, stored, true]);
      }),
    );
  });

  it('is found by itself whatever it contains, and never makes the search fail', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(finds(text, text)).toBe(readingsOf(text).length > 0);
        return typeof searchText(booking(text)) === 'string';
      }),
    );
  });

  it('from a passport is transliterated by the table of ICAO, as the examples show', () => {
    const examples =
      "Алушта Борщагівка Згорани Розгон Щербухи Юрій Короп'є Костянтин Знам'янка Феодосія Їжакевич Кадиївка Йосипівка Стрий Гаєвич Яготин";
    expect(passportName(examples)).toBe(
      'alushta borshchahivka zghorany rozghon shcherbukhy yurii koropie kostiantyn znamianka feodosiia yizhakevych kadyivka yosypivka stryi haievych yahotyn',
    );
  });
});

describe('The field by which a booking was found', () => {
  const olena = booking('Олена Шевченко', {
    email: 'o.shev@xn--80a1acn3a.xn--j1amh',
    phone: '+492111234567',
    organisation: 'Beispiel AG',
  });

  it.each([
    ['4567', ['phone']],
    ['٤٥٦٧', ['phone']],
    ['0211 / 123 45 67', ['phone']],
    ['+49 (0)211 1234567', ['phone']],
    ['0049 211 1234567', ['phone']],
    ['olena 4567', ['name', 'phone']],
    ['olena', ['name']],
    ['schewtschenko', ['spelling']],
    ['beispiel', ['behalf']],
    ['o.shev', ['email']],
    ['пошта.укр', ['email']],
    ['o.shev@пошта.укр', ['email']],
    ['xn--80a1acn3a', ['email']],
    ['k7mq 4xwt', ['reference']],
    ['K7MQ–4XWT', ['reference']],
    ['67', []],
    ['1234', []],
    ['olena meier', []],
    ['😀', []],
  ])('is told for the query %s', (typed, by) => {
    expect(foundBy(olena, typed)).toEqual(by);
  });

  it('is the phone also if the number was stored before numbers were checked', () => {
    expect(foundBy(booking('Kim', { phone: '0211 - 123 45 67 (Büro)' }), '4567')).toEqual(['phone']);
  });
});
