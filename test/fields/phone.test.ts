import { isDeskPhone, parsePhone, phoneHref, phoneText } from '../../src/fields/phone';

describe('parsePhone', () => {
  it.each([
    ['0211 1234567', '+492111234567'],
    ['+49 (0)211 / 123-45 67', '+492111234567'],
    ['0049 211 1234567', '+492111234567'],
    ['+380 67 123 45 67', '+380671234567'],
    ['٠٢١١ ١٢٣٤٥٦٧', '+492111234567'],
    ['۰۲۱۱ ۱۲۳۴۵۶۷', '+492111234567'],
    ['०२११ १२३४५६७', '+492111234567'],
    ['০২১১ ১২৩৪৫৬৭', '+492111234567'],
    ['０２１１－１２３４５６７', '+492111234567'],
    ['‪+49 211 1234567‬', '+492111234567'],
  ])('reads %s', (typed, number) => expect(parsePhone(typed)).toBe(number));

  it.each([
    ...['', '+', '12', '12345', '000000', '1111111', '99999999999999', '+999 12345', '+380 67 12'],
    ...['call me', 'call 0211 1234567', '0211 1234567 ext 12', '0211 1234567, 0211 7654321'],
  ])('refuses %p', (typed) => expect(parsePhone(typed)).toBeUndefined());
});

describe('A stored number', () => {
  it.each([
    ['+492111234567', '+49 211 1234567', 'tel:+492111234567'],
    ['0211/1234567', '+49 211 1234567', 'tel:+492111234567'],
    ['+49 211 1', '+49 211 1', 'tel:+492111'],
  ])('%s is shown as %s', (stored, shown, href) => {
    expect([phoneText(stored), phoneHref(stored)]).toEqual([shown, href]);
  });
});

it('isDeskPhone accepts short numbers, too', () => {
  expect(['115', '+49 221 4710 100', 'at the door', '000000000'].map(isDeskPhone)).toEqual([true, true, false, false]);
});
