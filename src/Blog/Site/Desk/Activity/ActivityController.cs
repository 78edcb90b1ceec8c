using Blog.Catalogue;
using Microsoft.AspNetCore.Mvc;

namespace Blog.Site.Desk.Activity;

/// <summary>What the last syncs did.</summary>
[Area("Desk")]
public sealed class ActivityController(SiteCatalogue catalogue, DeskFrame frame) : Controller
{
    private const int PerPage = 20;

    [HttpGet]
    public IActionResult Index(int page = 1)
    {
        var syncs = catalogue.RecentSyncs;
        var pager = DeskPager.Of(page, syncs.Count, PerPage, number => DeskPager.Address(DeskRoom.Activity.Path, ("page", DeskPager.Part(number))));
        return View(new ActivityPage(frame, syncs.Skip(pager.Skip).Take(PerPage).ToList(), catalogue.Watching, pager));
    }
}

/// <summary>The last syncs, newest first.</summary>
/// <param name="Watching">How changes are noticed; null while it isn't known.</param>
public sealed record ActivityPage(DeskFrame Frame, IReadOnlyList<SyncReport> Syncs, Watching? Watching, DeskPager Pager) : DeskPage(Frame, DeskRoom.Activity);
