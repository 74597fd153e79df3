/** Manufacturer (0008,0070) of everything that this project writes. */
export const MANUFACTURER = 'STS Habitat project (research use only)';
