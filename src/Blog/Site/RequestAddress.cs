using Blog.Content;
using Microsoft.AspNetCore.Mvc;

namespace Blog.Site;

/// <summary>What controllers ask of a request.</summary>
internal static class RequestAddress
{
    /// <summary>The address that <see cref="AddressRouter"/> found.</summary>
    public static Address Address(this ControllerBase controller) => (Address)controller.RouteData.Values["address"]!;
}
