/** Version of this package, as manifests carry it. */
export declare const ENGINE_VERSION: string;
