const DICOM = 'application/dicom';

/** Saves bytes as a file on the user's computer. */
export function download(fileName: string, bytes: Uint8Array): void {
  const copy = new Uint8Array(bytes);
  const address = URL.createObjectURL(new Blob([copy], { type: DICOM }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
