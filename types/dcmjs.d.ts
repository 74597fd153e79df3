/** The part of dcmjs that `src/dicom/dcmjsFacade.ts` uses; the package ships no types. */
declare module 'dcmjs' {
  export interface DicomElement {
    vr: string;
    Value?: unknown;
  }

  export type DicomElements = Record<string, DicomElement>;

  export interface DictionaryEntry {
    /** `(0010,0010)`. */
    readonly tag: string;
    readonly vr: string;
    readonly vm: string;
    readonly name: string;
  }

  export interface DicomDict {
    meta: DicomElements;
    dict: DicomElements;
    write(options?: { fragmentMultiframe?: boolean }): ArrayBuffer;
  }

  /** A stream of elements; `more` cuts out the part that holds an item of a sequence. */
  export interface ReadStream {
    readonly decoder: TextDecoder;
    setDecoder(decoder: TextDecoder): void;
    more(length: number): ReadStream;
  }

  interface Logger {
    setLevel(level: 'silent', persist: boolean): void;
  }

  const dcmjs: {
    data: {
      Colors: { rgb2DICOMLAB(rgb: readonly number[]): number[] };
      DicomDict: new (meta: DicomElements) => DicomDict;
      DicomMessage: {
        readFile(buffer: ArrayBuffer, options?: { noCopy?: boolean }): DicomDict;
      };
      ReadBufferStream: { prototype: ReadStream };
      DicomMetaDictionary: {
        readonly dictionary: Readonly<Record<string, DictionaryEntry | undefined>>;
        readonly nameMap: Readonly<Record<string, DictionaryEntry | undefined>>;
        punctuateTag(tag: string): string;
        unpunctuateTag(tag: string): string;
      };
    };
    log: Logger & { getLogger(name: string): Logger };
  };
  export default dcmjs;
}
