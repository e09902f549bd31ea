// Reads columns of whole numbers that are kept as text, five bits a character (examples/reconcile/compact_text.hpp).
const compactValue = new Uint8Array(128);
[..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].forEach((c, i) => { compactValue[c.charCodeAt(0)] = i; });

class CompactReader {
    constructor(text) {
        this.text = text;
        this.at = 0;
    }
    /// A number of at least 0. Products, not shifts: a time in ms has more than 32 bits.
    whole() {
        let value = 0;
        for (let factor = 1; ; factor *= 32) {
            const digit = compactValue[this.text.charCodeAt(this.at++)];
            value += (digit & 31) * factor;
            if (digit < 32) return value;
        }
    }
    /// A number of either sign, or null.
    number() {
        const value = this.whole() - 1;
        if (value < 0) return null;
        return value % 2 ? -(value + 1) / 2 : value / 2;
    }
    wholes(count) {
        return Array.from({ length: count }, () => this.whole());
    }
}

/// A recording at even steps of time (examples/reconcile/report_samples.hpp): { count, first, step, lat, lon, hr, power, speed, ele };
/// times in ms since the record's start, arrays with NaN where nothing is known, absent where nothing ever is.
function readSamples(text) {
    if (!text) return null;
    const reader = new CompactReader(text);
    const out = { count: reader.whole(), first: reader.number(), step: reader.whole() };
    const columns = reader.whole();
    const column = (scale) => {
        const values = new Float64Array(out.count);
        let now = 0;
        for (let i = 0; i < out.count; ++i) {
            const difference = reader.number();
            values[i] = difference === null ? NaN : (now += difference) / scale;
        }
        return values;
    };
    if (columns & 1) {
        out.quantum = reader.whole() / 1e6;
        out.lat = column(1 / out.quantum);
        out.lon = column(1 / out.quantum);
    }
    [["hr", 1], ["power", 1], ["speed", 20], ["ele", 2]].forEach(([name, scale], i) => {
        if (columns & (2 << i)) out[name] = column(scale);
    });
    return out;
}
