using System.Security.Cryptography;

namespace Billing.Console.Arguments;

/// <summary>Files of heads: the lines that begin as heads do; others are left alone. And the keys that sign them, in PEM.</summary>
internal static class HeadFile
{
    private const string FirstWord = "billing-head";

    /// <summary>Reads the heads of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="publicKey">The file of the key that must have signed each of them, or null.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="UsageException">There is none; one is damaged; or the key did not sign one.</exception>
    public static async Task<IReadOnlyList<LedgerHead>> ReadAsync(string file, string? publicKey, CancellationToken cancellationToken)
    {
        using ECDsa? key = publicKey is null ? null : await ReadKeyAsync(publicKey, cancellationToken);
        List<LedgerHead> heads = [];
        foreach (string line in (await File.ReadAllLinesAsync(file, cancellationToken)).Where(line => line.TrimStart().StartsWith(FirstWord, StringComparison.Ordinal)))
        {
            LedgerHead head = LedgerHead.TryParse(line, out LedgerHead? read) ? read : throw new UsageException($"{file}: this is not a head: '{line}'. Take the line as billing seal printed it.");
            if (key is not null && !head.IsSignedBy(key))
            {
                throw new UsageException($"{file}: the head of seal {head.Number} is not signed by the key of {publicKey}. Somebody else wrote it, or it was changed.");
            }

            heads.Add(head);
        }

        return heads.Count > 0 ? heads : throw new UsageException($"{file} has no head: a line such as '{FirstWord} 1 42 ...', which billing seal prints.");
    }

    /// <summary>Reads a key.</summary>
    /// <exception cref="UsageException">The file has none.</exception>
    public static async Task<ECDsa> ReadKeyAsync(string file, CancellationToken cancellationToken)
    {
        string pem = await File.ReadAllTextAsync(file, cancellationToken);
        ECDsa key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new UsageException($"{file} has no ECDSA key in PEM: {exception.Message} Make one: openssl ecparam -genkey -name prime256v1 -noout -out key.pem.");
        }
    }

    /// <summary>Signs a head.</summary>
    /// <exception cref="UsageException">The key is a public one.</exception>
    public static LedgerHead Sign(LedgerHead head, ECDsa key)
    {
        try
        {
            return head.Sign(key);
        }
        catch (CryptographicException exception)
        {
            throw new UsageException($"The key cannot sign: {exception.Message} Give the private key.");
        }
    }
}
