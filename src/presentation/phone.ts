/** What a phone dials when the number is pressed (RFC 3966): its digits, with the plus of a number from abroad. */
export function phoneHref(phone: string): string {
  return `tel:${phone.replace(/[^+\d]/g, '')}`;
}
