import { InvalidArgumentError } from 'commander';

/** `12,24,36` */
export function numberList(text: string): number[] {
  return text.split(',').map(oneNumber);
}

export function oneNumber(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new InvalidArgumentError(`“${text}” is not a number.`);
  }
  return value;
}

/** `A,B,C` */
export function nameList(text: string): string[] {
  return text.split(',').map((name) => name.trim());
}

export function oneOf<Choice extends string>(
  ...choices: readonly Choice[]
): (text: string) => Choice {
  return (text) => {
    const choice = choices.find((candidate) => candidate === text);
    if (choice === undefined) {
      throw new InvalidArgumentError(`“${text}” is none of ${choices.join(', ')}.`);
    }
    return choice;
  };
}
