namespace Billing.Web.Client.Parts;

/// <summary>Where a reader is in the pages of a list.</summary>
public sealed class PagePlace
{
    private readonly Stack<string?> _before = [];

    /// <summary>The continuation token of the page; null for the first one.</summary>
    public string? Token { get; private set; }

    /// <summary>Whether there is a page before.</summary>
    public bool HasBefore => _before.Count > 0;

    /// <summary>Goes to the first page.</summary>
    public void Start()
    {
        _before.Clear();
        Token = null;
    }

    /// <summary>Goes on. The token of the page that the reader is on, or none, leads nowhere: a second click on the same button.</summary>
    public void On(string? next)
    {
        if (next is not null && next != Token)
        {
            _before.Push(Token);
            Token = next;
        }
    }

    /// <summary>Goes back.</summary>
    public void Back()
    {
        if (_before.TryPop(out string? token))
        {
            Token = token;
        }
    }
}
