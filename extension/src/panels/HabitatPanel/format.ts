/** Numbers as the panel writes them: SI units with a space, a fixed number of decimals. */

export function millilitres(mm3: number): string {
  const ml = mm3 / 1000;
  return ml.toFixed(ml < 10 ? 2 : 1);
}

export function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(1)} %`;
}

export function score(value: number): string {
  return value.toFixed(3).replace(/^-/, '−');
}

export function seconds(value: number): string {
  if (value < 60) return `${value.toFixed(1)} s`;
  const whole = Math.round(value);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** A clock that runs, without tenths: they would only flicker. */
export function elapsed(milliseconds: number): string {
  const whole = Math.max(0, Math.floor(milliseconds / 1000));
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
}

/** Date and time of a DICOM report, as it says; '' when it says nothing. */
export function dicomTime(written: string): string {
  const [, year, month, day, hour, minute] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?/.exec(written) ?? [];
  if (year === undefined) return '';
  const time = hour && minute ? ` ${hour}:${minute}` : '';
  return `${year}-${month}-${day}${time}`;
}

/** A moment in the time of this computer. */
export function localTime(iso: string): string {
  const when = new Date(iso);
  const two = (value: number): string => String(value).padStart(2, '0');
  if (Number.isNaN(when.getTime())) return 'an unknown date';
  const date = `${when.getFullYear()}-${two(when.getMonth() + 1)}-${two(when.getDate())}`;
  return `${date} ${two(when.getHours())}:${two(when.getMinutes())}`;
}
