using System.Text;

namespace Billing.Simulation.Tests.Fuzzing;

/// <summary>Changes bytes the way that disks, networks, editors and attackers do.</summary>
internal sealed class Mutator(Random random, IReadOnlyList<byte[]> corpus)
{
    private const int MostBytes = 200_000;
    private const int MostDepth = 3_000;

    private static readonly byte[][] s_bits =
    [
        [0], "\""u8.ToArray(), "\"\""u8.ToArray(), "\\"u8.ToArray(), "'"u8.ToArray(), ","u8.ToArray(), ";"u8.ToArray(), "\t"u8.ToArray(), "\n"u8.ToArray(), "\r"u8.ToArray(), "\r\n\r\n"u8.ToArray(),
        [0xef, 0xbb, 0xbf], [0xff, 0xfe], [0xfe, 0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0x80], "\u2028\u0085"u8.ToArray(), "e\u0301"u8.ToArray(),
        "{"u8.ToArray(), "}"u8.ToArray(), "["u8.ToArray(), "]"u8.ToArray(), ":"u8.ToArray(), "null"u8.ToArray(), "true"u8.ToArray(), "{}"u8.ToArray(), "[]"u8.ToArray(), "\"\\ud800\""u8.ToArray(), "\\u0000"u8.ToArray(), "//"u8.ToArray(), "/*"u8.ToArray(),
        "-"u8.ToArray(), "0"u8.ToArray(), "-0"u8.ToArray(), "1e28"u8.ToArray(), "1e-400"u8.ToArray(), "1E999999999"u8.ToArray(), "79228162514264337593543950336"u8.ToArray(), "0.00000000000000000000000000001"u8.ToArray(), "NaN"u8.ToArray(), "Infinity"u8.ToArray(),
        "99999999999999999999999999999999999999999999999999"u8.ToArray(), "2147483648"u8.ToArray(), "9223372036854775808"u8.ToArray(), "0001-01-01"u8.ToArray(), "9999-12-31"u8.ToArray(), "2025-02-30"u8.ToArray(), "1,234.56"u8.ToArray(), "(1.00)"u8.ToArray(), "\u0661"u8.ToArray(),
        "USD"u8.ToArray(), "XXX"u8.ToArray(), "sep=;\n"u8.ToArray(), "=cmd()"u8.ToArray(), [0x1f, 0x8b, 8, 0], "PK\u0003\u0004"u8.ToArray(),
    ];

    /// <summary>An input: one of the corpus, with some changes.</summary>
    public byte[] Next()
    {
        List<byte> bytes = [.. corpus[random.Next(corpus.Count)]];
        for (int changes = random.Next(1, 6); changes > 0; changes--)
        {
            Change(bytes);
        }

        if (bytes.Count > MostBytes)
        {
            bytes.RemoveRange(MostBytes, bytes.Count - MostBytes);
        }

        return [.. bytes];
    }

    private void Change(List<byte> bytes)
    {
        int at = random.Next(bytes.Count + 1);
        int length = Math.Min(bytes.Count - at, random.Next(4) == 0 ? random.Next(2_000) : random.Next(1, 12));
        switch (random.Next(13))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 3:
                bytes.RemoveRange(at, length);
                break;
            case 4:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 5:
                byte[] other = corpus[random.Next(corpus.Count)];
                int from = random.Next(other.Length + 1);
                bytes.InsertRange(at, other.AsSpan(from, random.Next(Math.Min(other.Length - from, 3_000) + 1)).ToArray());
                break;
            case 6:
                bytes.InsertRange(at, Enumerable.Repeat(s_bits[random.Next(s_bits.Length)], random.Next(1, 300)).SelectMany(bit => bit));
                break;
            case 7:
                bytes.InsertRange(at, Enumerable.Repeat((byte)"[{\"(0 "[random.Next(6)], random.Next(MostDepth)));
                break;
            case 8:
                Reencode(bytes);
                break;
            case 9 when at < bytes.Count:
                Replace(bytes, at, s_bits[random.Next(s_bits.Length)]);
                break;
            default:
                bytes.InsertRange(at, s_bits[random.Next(s_bits.Length)]);
                break;
        }
    }

    // A whole word or number, as a careless program would write another one.
    private static void Replace(List<byte> bytes, int at, byte[] bit)
    {
        int end = at;
        while (end < bytes.Count && bytes[end] is not ((byte)',' or (byte)'"' or (byte)':' or (byte)'\n' or (byte)'}' or (byte)']'))
        {
            end++;
        }

        bytes.RemoveRange(at, end - at);
        bytes.InsertRange(at, bit);
    }

    private void Reencode(List<byte> bytes)
    {
        string text = Encoding.UTF8.GetString([.. bytes]);
        Encoding to = random.Next(4) switch { 0 => Encoding.Unicode, 1 => Encoding.BigEndianUnicode, 2 => Encoding.UTF32, _ => Encoding.Latin1 };
        bytes.Clear();
        bytes.AddRange(random.Next(2) == 0 ? to.GetPreamble() : []);
        bytes.AddRange(to.GetBytes(text));
    }
}
