/** `A` to `Z`, then `AA`, `AB` …: how a call's scenarios are called where nobody names them. */
export const letterName = (number: number): string => {
  let name = '';
  for (let left = number; left > 0; left = Math.floor((left - 1) / 26)) {
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name;
  }
  return name;
};

/** The first letter that none of these is called. */
export const nextName = (taken: Iterable<string>): string => {
  const known = new Set(taken);
  let number = 1;
  while (known.has(letterName(number))) number += 1;
  return letterName(number);
};
