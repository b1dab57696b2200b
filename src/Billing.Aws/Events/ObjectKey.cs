using System.Text;

namespace Billing.Aws.Events;

/// <summary>Decodes object keys as bucket notifications write them.</summary>
internal static class ObjectKey
{
    /// <summary>Decodes a key: a plus sign is a space, <c>%XX</c> is a byte of UTF-8.</summary>
    /// <returns>The key, or null if the text is not encoded in this way.</returns>
    public static string? Decode(string encoded)
    {
        byte[] bytes = new byte[Encoding.UTF8.GetMaxByteCount(encoded.Length)];
        int length = 0;
        for (int i = 0; i < encoded.Length; i++)
        {
            switch (encoded[i])
            {
                case '+':
                    bytes[length++] = (byte)' ';
                    break;

                case '%' when i + 2 < encoded.Length && char.IsAsciiHexDigit(encoded[i + 1]) && char.IsAsciiHexDigit(encoded[i + 2]):
                    bytes[length++] = (byte)((Convert.FromHexString(encoded.AsSpan(i + 1, 2)))[0]);
                    i += 2;
                    break;

                case '%':
                    return null;

                default:
                    int characters = char.IsHighSurrogate(encoded[i]) && i + 1 < encoded.Length ? 2 : 1;
                    length += Encoding.UTF8.GetBytes(encoded.AsSpan(i, characters), bytes.AsSpan(length));
                    i += characters - 1;
                    break;
            }
        }

        return System.Text.Unicode.Utf8.IsValid(bytes.AsSpan(0, length)) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
