namespace Billing.Web.Client.Importing;

/// <summary>Bytes in memory that let the page breathe: a browser has one thread, and reading a large file must not stop it.</summary>
internal sealed class PatientSource(string name, byte[] bytes) : IBillingSource
{
    public string Name => name;

    public long? Length => bytes.Length;

    public bool CanReopen => true;

    public ValueTask<Stream> OpenAsync(CancellationToken cancellationToken = default) => new(new PatientStream(bytes));
}
