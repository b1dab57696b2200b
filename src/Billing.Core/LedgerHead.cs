using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Billing.Amendments;

namespace Billing;

/// <summary>
/// The head of a ledger: the number and the hash of its last seal, as one line of text. Kept where nobody who can write to the store can write, it proves that all that was sealed
/// up to it is still there as it was (<see cref="LedgerSeals.VerifyAsync"/>).
/// </summary>
public sealed record LedgerHead
{
    private const string FirstWord = "billing-head";
    private const string Version = "1";
    private const int HashDigits = 64;

    private static readonly SearchValues<char> s_hex = SearchValues.Create("0123456789abcdef");

    /// <summary>The number of the seal.</summary>
    public required long Number { get; init; }

    /// <summary>The hash of the seal.</summary>
    public required string Hash { get; init; }

    /// <summary>When the seal was made.</summary>
    public required DateTimeOffset SealedAt { get; init; }

    /// <summary>The signature of the line without it: ECDSA over its SHA-256, in DER, in base64. Null if nobody signed it.</summary>
    public string? Signature { get; init; }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is not the line of a head.</exception>
    public static LedgerHead Parse(string line) => TryParse(line, out LedgerHead? head)
        ? head
        : throw new FormatException("This is not the line of a head, such as 'billing-head 1 42 (64 hexadecimal digits) 2026-11-30T17:00:00Z'.");

    /// <summary>Reads a line.</summary>
    /// <returns>Whether it is the line of a head.</returns>
    public static bool TryParse(string? line, [NotNullWhen(true)] out LedgerHead? head)
    {
        head = null;
        if (line?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is not [FirstWord, Version, var number, { Length: HashDigits } hash, var at, .. { Length: <= 1 } signature]
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long parsed)
            || parsed < 1
            || hash.AsSpan().ContainsAnyExcept(s_hex)
            || !SealDocuments.TryTimeOf(at, out DateTimeOffset time))
        {
            return false;
        }

        head = new LedgerHead { Number = parsed, Hash = hash, SealedAt = time, Signature = signature.Length == 0 ? null : signature[0] };
        return true;
    }

    /// <summary>Returns the head with a signature.</summary>
    /// <param name="key">A private key, such as one of ECDSA P-256.</param>
    public LedgerHead Sign(ECDsa key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return this with { Signature = Convert.ToBase64String(key.SignData(Signed(), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)) };
    }

    /// <summary>Whether the holder of a key signed this head.</summary>
    /// <param name="publicKey">The public key.</param>
    public bool IsSignedBy(ECDsa publicKey)
    {
        ArgumentNullException.ThrowIfNull(publicKey);
        byte[] signature = new byte[Signature?.Length ?? 0];
        return Signature is not null
            && Convert.TryFromBase64String(Signature, signature, out int length)
            && publicKey.VerifyData(Signed(), signature.AsSpan(0, length), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>The line, with the signature if there is one.</summary>
    public override string ToString() => Signature is null ? Unsigned() : $"{Unsigned()} {Signature}";

    internal static LedgerHead Of(LedgerSeal seal) => new() { Number = seal.Number, Hash = seal.Hash, SealedAt = seal.SealedAt };

    private string Unsigned() => FormattableString.Invariant($"{FirstWord} {Version} {Number} {Hash} {SealDocuments.TextOf(SealedAt)}");

    private byte[] Signed() => Encoding.UTF8.GetBytes(Unsigned());
}
