using System.Globalization;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;

namespace Billing.Aws.Objects;

/// <summary>Checks the content of an object against its entity tag, or against a SHA-256 that S3 keeps, if one of them depends on the content.</summary>
internal sealed class ObjectCheck : IDisposable
{
    private const int Md5HexDigits = 32;

    private static readonly System.Buffers.SearchValues<char> s_hexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    private readonly string _expected;
    private readonly IncrementalHash _hash;
    private readonly IncrementalHash? _ofParts;
    private readonly long _partBytes;
    private long _leftOfPart;
    private int _parts;

    private ObjectCheck(string expected, HashAlgorithmName algorithm, long partBytes)
    {
        _expected = expected;
        _hash = IncrementalHash.CreateHash(algorithm);
        _ofParts = partBytes > 0 ? IncrementalHash.CreateHash(algorithm) : null;
        _partBytes = _leftOfPart = partBytes;
    }

    /// <summary>Returns the check for an object, or null if nothing but its length can be checked.</summary>
    public static ObjectCheck? Of(GetObjectResponse response, long? partBytes)
    {
        if (response.ChecksumType == ChecksumType.FULL_OBJECT && !string.IsNullOrEmpty(response.ChecksumSHA256))
        {
            return new ObjectCheck(Convert.ToHexStringLower(Convert.FromBase64String(response.ChecksumSHA256)), HashAlgorithmName.SHA256, 0);
        }

        // With a KMS key or a key of the customer, the tag is not an MD5 of the content.
        string tag = (response.ETag ?? "").Trim('"');
        bool isKeyed = response.ServerSideEncryptionMethod is { Value: { Length: > 0 } method } && method != ServerSideEncryptionMethod.AES256.Value && method != ServerSideEncryptionMethod.None.Value;
        if (isKeyed || !string.IsNullOrEmpty(response.ServerSideEncryptionCustomerMethod?.Value) || tag.Length < Md5HexDigits || tag.AsSpan(0, Md5HexDigits).ContainsAnyExcept(s_hexDigits))
        {
            return null;
        }

        if (tag.Length == Md5HexDigits)
        {
            return new ObjectCheck(tag.ToLowerInvariant(), HashAlgorithmName.MD5, 0);
        }

        return partBytes is { } bytes && int.TryParse(tag.AsSpan(Md5HexDigits + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int parts)
            && parts == Math.Max(1, (response.ContentLength + bytes - 1) / bytes)
            ? new ObjectCheck(tag.ToLowerInvariant(), HashAlgorithmName.MD5, bytes)
            : null;
    }

    /// <summary>Adds the next bytes.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        while (_ofParts is not null && bytes.Length >= _leftOfPart)
        {
            int end = (int)_leftOfPart;
            _hash.AppendData(bytes[..end]);
            EndPart();
            bytes = bytes[end..];
        }

        _hash.AppendData(bytes);
        _leftOfPart -= bytes.Length;
    }

    /// <summary>Whether the bytes are the content of the object.</summary>
    public bool IsRight()
    {
        if (_ofParts is null)
        {
            return Convert.ToHexStringLower(_hash.GetHashAndReset()) == _expected;
        }

        if (_leftOfPart < _partBytes || _parts == 0)
        {
            EndPart();
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(_ofParts.GetHashAndReset())}-{_parts}") == _expected;
    }

    public void Dispose()
    {
        _hash.Dispose();
        _ofParts?.Dispose();
    }

    private void EndPart()
    {
        _ofParts!.AppendData(_hash.GetHashAndReset());
        _parts++;
        _leftOfPart = _partBytes;
    }
}
