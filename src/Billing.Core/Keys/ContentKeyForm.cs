using Billing.Fingerprints;

namespace Billing.Keys;

/// <summary>Writes keys by content of first occurrences, which nearly all are. Those of one scope differ only in the fingerprint, so the rest is made once.</summary>
internal sealed class ContentKeyForm
{
    private const int FirstOccurrence = 1;

    private byte[]? _form;
    private int _fingerprintAt;
    private string? _scope;

    /// <summary>Adds the form of a key to <paramref name="forms"/>, in which no form is being written.</summary>
    /// <exception cref="ArgumentException">The scope holds a lone surrogate.</exception>
    public void Add(FormBuffer forms, string? scope, Fingerprint fingerprint)
    {
        if (_form is null || !string.Equals(scope, _scope, StringComparison.Ordinal))
        {
            Prepare(scope);
        }

        Span<byte> form = forms.AddEnded(_form);
        Span<byte> bytes = stackalloc byte[Sha256Digest.Size];
        fingerprint.CopyTo(bytes);
        _ = Convert.TryToHexStringLower(bytes, form.Slice(_fingerprintAt, Sha256Digest.Size * 2), out _);
    }

    private void Prepare(string? scope)
    {
        FormBuffer one = new();
        KeyForm.WriteContent(one, scope, default, FirstOccurrence);
        string digits = default(Fingerprint).ToString();
        _fingerprintAt = one.Written.LastIndexOf(System.Text.Encoding.ASCII.GetBytes(digits));
        one.End();
        _form = one.Ended.ToArray();
        _scope = scope;
    }
}
