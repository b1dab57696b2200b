namespace Billing.Web.Client.Layout;

/// <summary>A sentence about what was just done, with what takes it back. It stays until the reader closes it or does something else.</summary>
public sealed class Toasts
{
    private Func<Task>? _act;

    /// <summary>Raised when there is another one, or none.</summary>
    public event Action? Changed;

    /// <summary>The sentence, or null.</summary>
    public string? Text { get; private set; }

    /// <summary>The word for what takes it back, or null.</summary>
    public string? Action { get; private set; }

    /// <summary>Says what was done.</summary>
    public void Say(string text, string? action = null, Func<Task>? act = null)
    {
        (Text, Action, _act) = (text, action, act);
        Changed?.Invoke();
    }

    /// <summary>Takes back what was done.</summary>
    public async Task ActAsync()
    {
        Func<Task>? act = _act;
        Close();
        if (act is not null)
        {
            await act();
        }
    }

    /// <summary>Closes it.</summary>
    public void Close()
    {
        (Text, Action, _act) = (null, null, null);
        Changed?.Invoke();
    }
}
