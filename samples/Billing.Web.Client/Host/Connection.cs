namespace Billing.Web.Client.Host;

/// <summary>Whether the host answers.</summary>
public sealed class Connection
{
    /// <summary>Raised when that changes.</summary>
    public event Action? Changed;

    /// <summary>Whether the last request was answered.</summary>
    public bool IsUp { get; private set; } = true;

    /// <summary>Says what came of a request.</summary>
    public void Tell(bool isUp)
    {
        if (IsUp != isUp)
        {
            IsUp = isUp;
            Changed?.Invoke();
        }
    }
}
