import { encode } from 'uqr';

/** A QR code (ISO/IEC 18004) as the partial `qrCode` draws it. */
interface QrCode {
  /** The length of a side in modules, the quiet zone included. */
  readonly size: number;
  /** The dark modules as SVG path data, one unit each. */
  readonly modules: string;
}

/** Light modules around the code, without which many readers do not find it. */
const QUIET_MODULES = 4;

/** Makes the QR code of an address. It stands light on no ground but its own, so that it can be read on a dark page. */
export function qrCode(address: string): QrCode {
  const { size, data } = encode(address, { ecc: 'M', border: QUIET_MODULES });
  const modules = data.flatMap((row, y) => row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : []))).join('');
  return { size, modules };
}
