import type { LanguageTag } from '../domain/text';

interface Person {
  readonly name: string;
  /** The local part of the mail address. */
  readonly handle: string;
}

const person = (name: string, handle: string): Person => ({ name, handle });

/**
 * Made-up people, by the language that they ask for. Their names are in several scripts, and some have one name only.
 */
export const PEOPLE: Readonly<Record<LanguageTag, readonly Person[]>> = {
  de: [
    person('Greta Sommerau', 'greta.sommerau'),
    person('Ole Brinkfeld', 'brinkfeld'),
    person('Käthe Müllenstedt', 'kaethe.m'),
    person('Jörg Weißenbruck', 'weissenbruck'),
    person('Danijela Horvatek', 'danijela.h'),
    person('Paweł Zdrojek', 'pawel.zdrojek'),
  ],
  en: [
    person('Priya Nandakar', 'priya.nandakar'),
    person('Callum Wrexby', 'c.wrexby'),
    person('Ngozi Adebanwu', 'ngozi'),
    person('Minh Anh Trandoan', 'minhanh'),
    person('Widuratna', 'widuratna'),
    person('Siobhán O’Kerrigane', 'siobhan.ok'),
    person('Lakshmi Venkatarao-Pillaimani', 'lakshmi.vp'),
    person('김하늘별', 'haneulbyeol'),
  ],
  fr: [
    person('Élodie Carrambault', 'elodie.carrambault'),
    person('Théo Vaudrecourt', 'theo.v'),
    person('Aminata Diarrasou', 'aminata'),
  ],
  es: [
    person('Íñigo Velardosa', 'inigo.velardosa'),
    person('Renata Quisbertín', 'renata.q'),
    person('José Ángel Muñequillo', 'jamunequillo'),
  ],
  tr: [
    person('Çağla Yıldızeri', 'cagla.yildizeri'),
    person('Kerem Özbulakçı', 'kerem.o'),
    person('İpek Şahingül', 'ipek.sahinguel'),
  ],
  ar: [
    person('ليلى النجادي', 'layla.n'),
    person('سامر العطواني', 'samer.a'),
    person('Yara Al-Haddadin', 'yara.ah'),
    person('مريم', 'maryam'),
  ],
  uk: [
    person('Олена Гайворська', 'olena.h'),
    person('Богдан Степурко', 'bohdan.s'),
    person('Дарина', 'daryna'),
    person('Mykola Tscherenik', 'mykola.t'),
  ],
  ja: [
    person('高峰 美咲', 'misaki.t'),
    person('石橋川 健', 'ken.i'),
    person('Aoi Minazukawa', 'aoi.m'),
    person('さくら 小野寺沢', 'sakura.o'),
  ],
};

/**
 * Made-up companies that book for their employees. Names such as Beispiel and Muster ("example") show that none is
 * real.
 */
export const COMPANIES = [
  'Beispiel Maschinenbau GmbH',
  'Muster Logistik AG',
  'Probe Software GmbH',
  'Exempel Pharma SE',
  'Musterumzug Relocation GmbH',
] as const;

export const NOTES: Readonly<Record<'de' | 'en', readonly string[]>> = {
  de: [
    'Ich bringe mein Kind mit.',
    'Bitte sprechen Sie langsam.',
    'Wir kommen zu zweit.',
    'Ich habe vorher noch eine Frage am Telefon.',
  ],
  en: [
    'We will bring our daughter (6).',
    'Please speak slowly.',
    'Is there parking nearby?',
    'I have just arrived and have many small questions.',
  ],
};

/**
 * Returns a number from Berlin's range for films and books, which is never assigned (Bundesnetzagentur, notice
 * 148/2021).
 */
export function phoneNumber(number: number): string {
  return `+49 30 23125 ${String(number % 1000).padStart(3, '0')}`;
}
