namespace Billing.Web.Uploads;

/// <summary>Holds an upload until it is disposed.</summary>
internal sealed class UploadClaim(Action release) : IDisposable
{
    public void Dispose() => release();
}
